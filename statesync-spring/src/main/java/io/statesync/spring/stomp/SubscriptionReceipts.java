package io.statesync.spring.stomp;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Confirms a SUBSCRIBE once the broker has it. The simple broker sends no RECEIPT by itself, and without one no replica
 * could know that its first snapshot misses nothing (P5).
 */
final class SubscriptionReceipts implements ExecutorChannelInterceptor {

    private static final byte[] EMPTY = new byte[0];

    private final MessageChannel outbound;

    SubscriptionReceipts(MessageChannel outbound) {
        this.outbound = outbound;
    }

    @Override
    public void afterMessageHandled(
            Message<?> message, MessageChannel channel, MessageHandler handler, @Nullable Exception failure) {
        if (failure == null && handler instanceof SimpleBrokerMessageHandler && isSubscribe(message)) {
            String receipt = StompHeaderAccessor.wrap(message).getReceipt();
            if (receipt != null) {
                confirm(message, receipt);
            }
        }
    }

    private static boolean isSubscribe(Message<?> message) {
        return SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) == SimpMessageType.SUBSCRIBE;
    }

    private void confirm(Message<?> message, String receipt) {
        StompHeaderAccessor confirmation = StompHeaderAccessor.create(StompCommand.RECEIPT);
        confirmation.setReceiptId(receipt);
        confirmation.setSessionId(SimpMessageHeaderAccessor.getSessionId(message.getHeaders()));
        outbound.send(MessageBuilder.createMessage(EMPTY, confirmation.getMessageHeaders()));
    }
}
