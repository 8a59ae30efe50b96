package io.statesync.spring.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the server does in one step. Numbers of 64 bits are text in them: Lua's own are exact to 2^53 only.
 *
 * @param text Lua 5.1
 * @param sha1 what the server calls it by once it has seen it
 */
record RedisScript(byte[] text, String sha1) {

    /*
     * Issues the larger of the successor and the floor, or nothing after the largest (P1, P7). An empty floor is the
     * server's own clock: its milliseconds have 41 bits, so times a power of two they are exact, and are printed so.
     */
    private static final String ISSUE = """
            local function larger(a, b)
              return #a > #b or (#a == #b and a > b)
            end
            local function successor(number)
              local head, nines = number:match('^(.-)(9*)$')
              if head == '' then
                return '1' .. ('0'):rep(#nines)
              end
              return head:sub(1, -2) .. string.char(head:byte(-1) + 1) .. ('0'):rep(#nines)
            end
            local function issue(key, floor)
              local previous = redis.call('HGET', key, 'revision')
              if floor == '' then
                local now = redis.call('TIME')
                floor = string.format('%.0f', (now[1] * 1000 + math.floor(now[2] / 1000)) * 1048576)
              end
              local revision = floor
              if previous then
                if not previous:match('^[1-9]%d*$') and previous ~= '0' then
                  error('the key ' .. key .. ' holds no revision, but ' .. previous)
                end
                if not larger('18446744073709551615', previous) then
                  return false
                end
                local next = successor(previous)
                if larger(next, floor) then
                  revision = next
                end
              end
              redis.call('HSET', key, 'revision', revision)
              return revision
            end
            """;

    /** Key; floor. Answers the revision, or nothing. */
    static final RedisScript NEXT = of(ISSUE + "return issue(KEYS[1], ARGV[1])");

    /**
     * Key; floor, field of the data, their form, channel, the event before and after its revision, and the data unless they
     * stand in their field already. Answers the revision; nothing after the largest; an empty text if the data are gone, for
     * data that stand beside the topic's belong to a writer that has died, or has to begin again.
     */
    static final RedisScript PUT = of(ISSUE + """
            local at, data = ARGV[2], ARGV[7]
            if not data and redis.call('HEXISTS', KEYS[1], at) == 0 then
              return ''
            end
            local revision = issue(KEYS[1], ARGV[1])
            if not revision then
              if not data then
                redis.call('HDEL', KEYS[1], at)
              end
              return revision
            end
            if data then
              redis.call('HSET', KEYS[1], at, data)
            end
            redis.call('HSET', KEYS[1], 'at', at, 'form', ARGV[3])
            for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
              if field ~= at and (field == 'data' or field:sub(1, 5) == 'data:') then
                redis.call('HDEL', KEYS[1], field)
              end
            end
            redis.call('PUBLISH', ARGV[4], ARGV[5] .. revision .. ARGV[6])
            return revision
            """);

    /**
     * Key; the revision that is known, the largest size. Answers nothing without data; the revision alone if it is the known
     * one; else with the data and their form, or with their size, form and field if that is too large. Only bytes may be
     * empty.
     */
    static final RedisScript READ = of("""
            local fields = redis.call('HMGET', KEYS[1], 'revision', 'form', 'at')
            local revision, at = fields[1], fields[3] or 'data'
            local size = redis.call('HSTRLEN', KEYS[1], at)
            if not revision or (size == 0 and fields[2] ~= 'bytes') then
              return {}
            end
            if revision == ARGV[1] then
              return {revision}
            end
            if size > tonumber(ARGV[2]) then
              return {revision, size, fields[2], at}
            end
            return {revision, redis.call('HGET', KEYS[1], at), fields[2]}
            """);

    /** The field of a persisted snapshot. */
    static final byte[] RECORD = "record".getBytes(StandardCharsets.US_ASCII);

    /** Key; version, record. Answers 1 if the version is newer than the one that was there, and so took its place. */
    static final RedisScript SAVE_RECORD = of("""
            local known = redis.call('HGET', KEYS[1], 'version')
            if known and known >= ARGV[1] then
              return 0
            end
            redis.call('HSET', KEYS[1], 'version', ARGV[1], 'record', ARGV[2])
            return 1
            """);

    /** Key; record. Puts the record aside if it is still this one. */
    static final RedisScript SET_RECORD_ASIDE = of("""
            if redis.call('HGET', KEYS[1], 'record') ~= ARGV[1] then
              return 0
            end
            redis.call('HSET', KEYS[1], 'aside', ARGV[1])
            redis.call('HDEL', KEYS[1], 'version', 'record')
            return 1
            """);

    private static RedisScript of(String lua) {
        byte[] text = lua.getBytes(StandardCharsets.UTF_8);
        try {
            return new RedisScript(
                    text,
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
