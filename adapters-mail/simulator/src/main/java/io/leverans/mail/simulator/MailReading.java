package io.leverans.mail.simulator;

import java.util.Optional;

/**
 * What a mail client shows of a message and what its server found out.
 *
 * @param from the From field, decoded; empty where there is none
 * @param subject the subject, decoded
 * @param text the first plain text in the message, decoded; empty where there is none
 * @param dkim what its DKIM signatures are worth
 * @param via the domain that a client such as Gmail shows after "via", because neither a valid
 *     signature nor the return path is aligned with the domain of From; empty where it shows none
 */
public record MailReading(
    String from, String subject, String text, DkimVerdict dkim, Optional<String> via) {}
