package io.leverans.mail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.LaneSign;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneSignsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          421 | GREETING | Service not available                                              | SLOW_DOWN
          421 | RCPT     | closing the connection                                             | SLOW_DOWN
          421 | CONTENT  | 4.7.28 Gmail has detected an unusual rate of unsolicited mail      | SLOW_DOWN
          450 | RCPT     | 4.7.1 You have been blocked for the time being                     | SLOW_DOWN
          451 | MAIL     | 4.7.500 Server busy. Please try again later from [192.0.2.1]       | SLOW_DOWN
          451 | MAIL     | 4.7.650 The mail server has been temporarily rate limited          | SLOW_DOWN
          421 | MAIL     | 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred         | SLOW_DOWN
          450 | MAIL     | [TSS04] Messages temporarily deferred due to unexpected volume     | SLOW_DOWN
          452 | MAIL     | 4.3.2 System not accepting network messages                        | SLOW_DOWN
          451 | CONTENT  | 4.4.5 System congested                                             | SLOW_DOWN
          450 | RCPT     | Too many connections from your host                                | SLOW_DOWN
          452 | MAIL     | connection rate limit exceeded                                     | SLOW_DOWN
          451 | MAIL     | Please try again in 300 seconds                                    | SLOW_DOWN
          451 | RCPT     | 4.3.0 busy, retry in 5 minutes                                     | SLOW_DOWN
          450 | RCPT     | 4.2.0 Greylisted, see the postmaster's page                        | ANSWERS
          451 | RCPT     | 4.7.1 Greylisting in action, please come back in 00:05:00          | ANSWERS
          451 | CONTENT  | 4.7.1 Graylisted, please try again in 300 seconds                  | ANSWERS
          451 | RCPT     | Internal resource temporarily unavailable                          | ANSWERS
          450 | RCPT     | later                                                              | ANSWERS
          450 | RCPT     | Please try again in 300 seconds                                    | ANSWERS
          451 | RCPT     | Temporary local problem                                            | ANSWERS
          452 | RCPT     | 4.2.2 The mailbox is full, try again in 5 hours                    | ANSWERS
          450 | RCPT     | 4.2.1 The user is receiving mail at a rate that prevents delivery  | ANSWERS
          452 | RCPT     | 4.5.3 Too many recipients                                          | ANSWERS
          452 | RCPT     | Too many recipients                                                | ANSWERS
          451 | CONTENT  | 4.3.0 queue file write error                                       | ANSWERS
          452 | CONTENT  | 4.3.1 Insufficient system storage                                  | ANSWERS
          450 | MAIL     | 4.1.8 The sender's domain was not found                            | ANSWERS
          """)
  void a_reply_asks_for_less_or_concerns_the_mail(
      int code, Phase phase, String text, LaneSign sign) {
    assertThat(LaneSigns.of(ServerReply.heard(code, Optional.empty(), text, phase)))
        .isEqualTo(sign);
  }
}
