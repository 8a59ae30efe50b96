package io.statesync.reliability;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** {@link Revision#parse} against another reading of P1, by a regular expression and a big integer. */
final class RevisionTarget implements FuzzTarget {

    private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]*");
    private static final BigInteger MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of("0"),
                Input.of("42"),
                Input.of("007"),
                Input.of("+1"),
                Input.of("-0"),
                Input.of("1e9"),
                Input.of("9223372036854775808"),
                Input.of("18446744073709551615"),
                Input.of("18446744073709551616"),
                Input.of("\u0661\u0662"),
                Input.of("\uff11"));
    }

    @Override
    public void play(byte[] input) throws Exception {
        check(new String(input, StandardCharsets.UTF_8));
        check(new String(input, StandardCharsets.ISO_8859_1));
    }

    private static void check(String text) throws Exception {
        boolean canonical = CANONICAL.matcher(text).matches() && new BigInteger(text).compareTo(MAX) <= 0;
        Revision revision = Oracle.valueOrRefusal(() -> Revision.parse(text), ProtocolException.class);
        Oracle.same(canonical, revision != null, "whether it is a revision: " + text);
        if (revision != null) {
            Oracle.same(text, revision.toString(), "printed");
            Oracle.same(new BigInteger(text).longValue(), revision.bits(), "read");
            order(revision, new BigInteger(text));
        }
    }

    private static void order(Revision revision, BigInteger value) {
        Revision other = new Revision(revision.bits() * 31 + 7);
        Oracle.same(
                value.compareTo(new BigInteger(other.toString())) > 0,
                revision.isNewerThan(other),
                revision + " after " + other);
    }
}
