package io.statesync.autoconfigure.actuate;

import java.util.List;

/** Transactions, oldest first. */
record TransactionList(List<TransactionView> transactions) {}
