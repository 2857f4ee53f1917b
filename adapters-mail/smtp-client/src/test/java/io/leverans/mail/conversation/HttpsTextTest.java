package io.leverans.mail.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.mail.conversation.HttpsText.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsTextTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: Text/Plain; charset=utf-8\r\n";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ServerSocket listener;

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello and more",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
        "\r\nhello",
        "Connection: close\r\nContent-Encoding: identity\r\n\r\nhello",
      })
  void an_answer_is_read_however_it_ends(String rest) throws Exception {
    assertThat(get(HEAD + rest)).isEqualTo(new Answer.Given(200, "text/plain", "hello"));
    assertThat(asked)
        .startsWith("GET /.well-known/it HTTP/1.1", "Host: mail.test:" + listener.getLocalPort());
  }

  @Test
  void what_comes_before_the_answer_is_passed_over() throws Exception {
    assertThat(get("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD + "\r\nhello"))
        .isEqualTo(new Answer.Given(200, "text/plain", "hello"));
  }

  @Test
  void a_redirect_is_an_answer() throws Exception {
    assertThat(get("HTTP/1.1 301 Moved\r\nLocation: https://else.test/\r\n\r\n"))
        .isEqualTo(new Answer.Given(301, "", ""));
    assertThat(asked).filteredOn(line -> line.startsWith("GET")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "220 mail.test ESMTP\\r\\n, not HTTP",
    "HTTP/2 200\\r\\n\\r\\n, not HTTP",
    "HTTP/1.1 200 OK\\r\\nnonsense\\r\\n\\r\\n, head",
    "HTTP/1.1 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nhello, broke off",
    "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\nhello, length",
    "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhello, broke off",
    "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\nhello, unknown way",
    "HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\n\\r\\nhello, compressed",
    "HTTP/1.1 200 OK, broke off",
  })
  void what_makes_no_sense_is_told(String said, String why) throws Exception {
    assertThat(whyNot(get(said.replace("\\r", "\r").replace("\\n", "\n")))).contains(why);
  }

  @Test
  void a_long_answer_is_not_read_to_its_end() throws Exception {
    assertThat(whyNot(get(HEAD + "\r\n" + "a".repeat(70_000)))).contains("longer than 64 KB");
  }

  @Test
  void a_server_that_never_ends_is_left_in_time() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, HEAD + "Content-Length: 9\r\n\r\nhello", End.STAYS);
    assertThat(whyNot(fetch("mail.test", Duration.ofMillis(1500)))).contains("within 1 seconds");
  }

  @Test
  void a_server_that_does_not_prove_itself_is_not_asked() throws Exception {
    serve(ServerKeys.SELF_SIGNED, HEAD + "\r\nhello", End.CLOSES);
    assertThat(whyNot(fetch("mail.test", Duration.ofSeconds(10)))).contains("by the server itself");
    serve(ServerKeys.OF_THE_COMPANY, HEAD + "\r\nhello", End.CLOSES);
    assertThat(whyNot(fetch("else.test", Duration.ofSeconds(10)))).contains("not for else.test");
    assertThat(asked).isEmpty();
    assertThatThrownBy(() -> new HttpsText(new Trust.Anyone(), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Answer get(String said) throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, said, End.CLOSES);
    return fetch("mail.test", Duration.ofSeconds(10));
  }

  private Answer fetch(String host, Duration patience) throws CertificateException {
    var server = new ServerAddress(host, InetAddress.getLoopbackAddress(), listener.getLocalPort());
    return new HttpsText(Trust.Authorities.ofPem(ServerKeys.authority()), patience)
        .get(server, "/.well-known/it");
  }

  private static String whyNot(Answer answer) {
    return switch (answer) {
      case Answer.None(var why) -> why;
      case Answer.Given given -> throw new AssertionError("an answer: " + given);
    };
  }

  private enum End {
    CLOSES,
    STAYS
  }

  private void serve(ServerKeys keys, String said, End end) throws IOException {
    if (listener != null) {
      listener.close();
    }
    ServerSocket fresh =
        keys.context()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    listener = fresh;
    Thread.startVirtualThread(
        () -> {
          try (Socket client = fresh.accept()) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
              asked.add(line);
              line = in.readLine();
            }
            client.getOutputStream().write(said.getBytes(ISO_8859_1));
            client.getOutputStream().flush();
            if (end == End.STAYS) {
              var _ = in.read();
            }
          } catch (IOException _) {
            // the other side left
          }
        });
  }
}
