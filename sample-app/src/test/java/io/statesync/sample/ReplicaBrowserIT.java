package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The replica in a JVM, as the page of its source shows it, and edits that are made there. */
@InBrowser
class ReplicaBrowserIT {

    private final LivePage page;

    ReplicaBrowserIT(LivePage page) {
        this.page = page;
    }

    @BeforeEach
    void openWithAnObedientSource() {
        page.client().send("PUT", "/api/stock/backend", "{\"mode\":\"ok\"}");
        page.open("dark-mode");
        page.until(
                "the stock is shown",
                () -> page.find("#stock .content").isDisplayed()
                        && page.find("#stock .state").getText().equals("LIVE"));
    }

    @Test
    void itsTopicsAreShownWithTheirRevisions() {
        String revision = page.put("dark-mode", true).toString();

        page.until("the replica has it, too", () -> topics().contains(revision));
        assertThat(topics()).contains("currencies", "feature-flags", "stock", "LIVE");
    }

    @Test
    void anEditIsVisibleBeforeTheSourceHasItAndConfirmedWhenItComesBack() {
        WebElement row = row("figs");
        int before = here(row);
        choose("failing");
        button(row, "One more of Figs").click();

        page.until("it is visible here", () -> here(row) == before + 1);
        page.until("it is under way", () -> !status(row).equals("confirmed"));
        assertThat(synced(row)).isEqualTo(before);

        choose("ok");
        page.until(
                "it came back", () -> synced(row) == before + 1 && status(row).equals("confirmed"));
        assertThat(here(row)).isEqualTo(before + 1);
        page.until("its transaction says so", () -> newestTransaction().contains("confirmed"));
    }

    @Test
    void whatTheSourceRefusesIsTakenBackAndMayBeDismissed() {
        WebElement row = row("plums");
        int before = here(row);
        choose("refusing");
        row.findElement(By.cssSelector(".pieces")).sendKeys(Keys.chord(Keys.CONTROL, "a"), "77", Keys.ENTER);

        page.until("it failed", () -> status(row).equals("taken back"));
        page.until("it is taken back", () -> here(row) == before);
        assertThat(newestTransaction()).contains("failed", "refused the transaction with 422");

        page.find(".transactions li:first-child [data-action=dismiss]").click();
        page.until("it is forgotten", () -> status(row).equals("confirmed"));
    }

    @Test
    void theReplicasOwnPageSaysWhereToGo() {
        page.browser().get(page.replicaUrl());

        page.until(
                "it explains itself",
                () -> page.find("#no-source").isDisplayed()
                        && page.find("#no-source pre").getText().contains("\"revision\""));
        assertThat(page.find("#live").isDisplayed()).isFalse();
    }

    private String topics() {
        return page.find("#replicas tbody").getText();
    }

    private void choose(String mode) {
        page.find("#stock [name=mode][value=" + mode + "]").click();
        page.until(
                "the source is told",
                () -> page.client().get("/api/stock/backend").text("/mode").equals(mode));
    }

    private WebElement row(String sku) {
        return page.find("#stock [data-sku=" + sku + "]");
    }

    private static WebElement button(WebElement row, String label) {
        return row.findElement(By.cssSelector("[aria-label='" + label + "']"));
    }

    private static int here(WebElement row) {
        String pieces = row.findElement(By.cssSelector(".pieces")).getDomProperty("value");
        return Integer.parseInt(String.valueOf(pieces));
    }

    private static int synced(WebElement row) {
        return Integer.parseInt(row.findElement(By.cssSelector("td.number")).getText());
    }

    private static String status(WebElement row) {
        return row.findElement(By.cssSelector(".state")).getText();
    }

    private String newestTransaction() {
        return page.find(".transactions li:first-child").getText();
    }
}
