package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.persistence.Compression;
import io.statesync.persistence.CompressionReport;
import io.statesync.persistence.VersionedCodec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompressionReportTest {

    private final VersionedCodec<String> codec = TextCodec.at(1);
    private final String value = "the same again, ".repeat(1000);

    @Test
    void anEstimateTellsSizesInBytes() throws Exception {
        CompressionReport report = CompressionReport.estimate(Compression.GZIP, codec, value);

        assertThat(report.compression()).isEqualTo("gzip");
        assertThat(report.before()).isEqualTo(16_000);
        assertThat(report.after()).isPositive().isLessThan(1000);
        assertThat(report.ratio()).isEqualTo((double) report.after() / 16_000);
        assertThat(report.compress()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aBenchmarkMeasuresBothWays() throws Exception {
        CompressionReport report = CompressionReport.benchmark(Compression.GZIP, codec, value, 3);

        assertThat(report.after())
                .isEqualTo(CompressionReport.estimate(Compression.GZIP, codec, value)
                        .after());
        assertThat(report.compress()).isPositive();
        assertThat(report.decompress()).isPositive();
        assertThatThrownBy(() -> CompressionReport.benchmark(Compression.GZIP, codec, value, 0))
                .hasMessageContaining("at least 1 round");
    }

    @Test
    void withoutCompressionNothingIsSaved() throws Exception {
        assertThat(CompressionReport.estimate(Compression.NONE, codec, value).ratio())
                .isEqualTo(1);
        assertThat(CompressionReport.estimate(Compression.NONE, codec, null).ratio())
                .isEqualTo(1);
    }
}
