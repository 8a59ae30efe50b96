package io.statesync.mutation;

/**
 * What a collection holds, in one version.
 *
 * @param rows how many are visible
 * @param overlay how many rows, or places of rows that were deleted, are optimistic
 * @param held how many synced rows, or deletions, are held back until their transaction ends (MU-L3)
 */
public record CollectionStatistics(int rows, int overlay, int held) {}
