package io.statesync.spring.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends what a page's {@code curl} commands send, to servers on other ports, and compares what the page shows. */
public final class Curl {

    private static final Pattern TAG = Pattern.compile("\"\\d{10,}-[0-9a-f]+(-gzip)?\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, Integer> ports;
    private final Map<String, String> tags = new HashMap<>();

    /** @param ports for each port of the pages the one that is asked */
    public Curl(Map<Integer, Integer> ports) {
        this.ports = ports;
    }

    /**
     * Sends a command.
     *
     * @return what is not as the page shows it; empty if all is. A command without a shown answer must not fail
     */
    public List<String> run(ShellBlock.Command command) {
        List<String> words = ShellBlock.words(command.line());
        String method = "GET";
        String body = null;
        boolean headers = false;
        Map<String, String> fields = new HashMap<>();
        String address = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                case "-H" -> {
                    String[] field = words.get(++i).split(": ", 2);
                    fields.put(field[0], field[1]);
                }
                case "-i" -> headers = true;
                case "-I" -> {
                    headers = true;
                    method = "HEAD";
                }
                case "-s" -> {}
                case "-o" -> i++; // to /dev/null: the headers are what the page shows
                case "-D" -> {
                    headers = true;
                    i++;
                }
                default -> {
                    if (words.get(i).startsWith("-")) {
                        return List.of("the option " + words.get(i) + " is unknown to this test");
                    }
                    address = words.get(i);
                }
            }
        }
        boolean bodyShown = !words.contains("-o") && !method.equals("HEAD");
        return send(method, address, fields, body == null && method.equals("POST") ? "" : body)
                .differences(command.output(), headers, bodyShown);
    }

    private Answer send(String method, String address, Map<String, String> fields, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(here(address));
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        String lastTag = tags.getOrDefault(address, "\"0\"");
        fields.forEach((name, value) ->
                request.header(name, TAG.matcher(value).replaceAll(Matcher.quoteReplacement(lastTag))));
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            response.headers().firstValue("ETag").ifPresent(tag -> tags.put(address, tag));
            return new Answer(response);
        } catch (IOException e) {
            throw new IllegalStateException(address + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI here(String address) {
        URI uri = URI.create(address);
        Integer port = ports.get(uri.getPort());
        if (port == null) {
            throw new IllegalArgumentException(address + ": no server of this test stands for port " + uri.getPort());
        }
        return URI.create(address.replaceFirst(":" + uri.getPort(), ":" + port));
    }

    private record Answer(HttpResponse<String> response) {

        List<String> differences(List<String> shown, boolean headers, boolean bodyShown) {
            if (shown.isEmpty()) {
                return response.statusCode() < 400
                        ? List.of()
                        : List.of("it is answered with " + response.statusCode());
            }
            List<String> differences = new ArrayList<>();
            int next = 0;
            if (headers) {
                if (!shown.get(0).equals("HTTP/1.1 " + response.statusCode())) {
                    differences.add("HTTP/1.1 " + response.statusCode() + ", and not " + shown.get(0));
                }
                for (next = 1; next < shown.size() && !shown.get(next).isBlank(); next++) {
                    checkHeader(shown.get(next), differences);
                }
            }
            String text = String.join("\n", shown.subList(next, shown.size()));
            if (bodyShown
                    && !abbreviated(masked(text))
                            .matcher(masked(response.body()))
                            .matches()) {
                differences.add("the body is " + response.body());
            }
            return differences;
        }

        private void checkHeader(String shown, List<String> differences) {
            String[] field = shown.split(": ", 2);
            String actual = String.join(", ", response.headers().allValues(field[0].toLowerCase(Locale.ROOT)));
            if (!masked(actual).equals(masked(field[1]))) {
                differences.add("the header " + field[0] + " is \"" + actual + "\", and not \"" + field[1] + '"');
            }
        }

        /* Two dots stand for whatever is there. */
        private static Pattern abbreviated(String shown) {
            return Pattern.compile(
                    Stream.of(shown.split("\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        }

        /* Without white space, and with one word for all numbers, tags, times and ports that differ from run to run. */
        private static String masked(String text) {
            return text.replaceAll("\\s+", "")
                    .replaceAll("\"[0-9a-f]{7,8}\"", "\"TAG\"")
                    .replaceAll("(\\d{10,})-[0-9a-f]+", "$1-TAG")
                    .replaceAll("\"[0-9a-z]{10,}-\\d+\"", "\"ID\"")
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                    .replaceAll("PT[\\dHMS.]+S", "PERIOD")
                    .replaceAll("localhost:\\d+", "localhost")
                    .replaceAll("\\d{3,}", "N");
        }
    }
}
