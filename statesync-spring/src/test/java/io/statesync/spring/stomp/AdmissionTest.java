package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.spring.TopicAccess;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;

/** Who may do what, without a network. */
class AdmissionTest {

    private static final Principal BOB = () -> "bob";
    private static final TopicAccess NOT_PRICES = (user, topic) -> user == BOB && !topic.equals("prices");

    @Test
    void aTopicThatMayNotBeReadLooksTheSameWhetherItExistsOrNot() {
        TopicAccess nothing = (user, topic) -> false;
        Admission admission = new Admission(StompTestServer.exposed(), nothing, StompMessageRule.NONE);

        assertThat(admission.refusalOf(subscribe("prices"))).isEqualTo("this user may not read topic \"prices\"");
        assertThat(admission.refusalOf(subscribe("hidden"))).isEqualTo("this user may not read topic \"hidden\"");
    }

    @Test
    void theUserOfTheHandshakeIsAskedAbout() {
        Admission admission = new Admission(StompTestServer.exposed(), NOT_PRICES, StompMessageRule.NONE);

        assertThat(admission.refusalOf(subscribe("stock"))).isNull();
        assertThat(admission.refusalOf(subscribe("prices"))).isNotNull();
        assertThat(admission.refusalOf(message(SimpMessageType.SUBSCRIBE, "stock", null)))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "SUBSCRIBE"})
    void aRuleOfTheApplicationIsAskedAboutConnectingAndSubscribing(SimpMessageType type) {
        Admission admission = new Admission(StompTestServer.exposed(), TopicAccess.EVERYBODY, message -> false);

        assertThat(admission.refusalOf(message(type, "stock", BOB))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNSUBSCRIBE", "DISCONNECT", "DISCONNECT_ACK", "HEARTBEAT"})
    void whateverTheRulesLeavingIsFree(SimpMessageType type) {
        Admission admission = new Admission(StompTestServer.exposed(), (user, topic) -> false, message -> false);

        assertThat(admission.refusalOf(message(type, "stock", BOB))).isNull();
    }

    @Test
    void aRuleThatThrowsRefusesAndTheAnswerDoesNotSayWhy() {
        List<Message<?>> answers = new ArrayList<>();
        TopicAccess broken = (user, topic) -> {
            throw new IllegalStateException("the directory of users is away");
        };
        InboundGuard guard = new InboundGuard(
                new Admission(StompTestServer.exposed(), broken, StompMessageRule.NONE),
                (answer, timeout) -> answers.add(answer));

        assertThat(guard.preSend(subscribe("stock"), (message, timeout) -> true))
                .isNull();

        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(new String((byte[]) answer.getPayload(), StandardCharsets.UTF_8))
                        .isEqualTo("whether this user may do this could not be found out"))
                .satisfies(answer -> assertThat(MessageHeaderAccessor.getAccessor(answer, StompHeaderAccessor.class)
                                .getMessage())
                        .doesNotContain("directory"));
    }

    private static Message<?> subscribe(String topic) {
        return message(SimpMessageType.SUBSCRIBE, topic, BOB);
    }

    private static Message<?> message(SimpMessageType type, String topic, Principal user) {
        SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(type);
        headers.setDestination(Destinations.of(topic));
        headers.setUser(user);
        return MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
    }
}
