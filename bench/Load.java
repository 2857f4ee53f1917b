import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Submits messages as fast as they are accepted: URL, API key, identity, messages, connections,
 * octets of text.
 */
void main(String[] arguments) throws InterruptedException {
  URI messages = URI.create(arguments[0] + "/v1/messages");
  int count = Integer.parseInt(arguments[3]);
  String text = ("x".repeat(70) + "\\n").repeat(Integer.parseInt(arguments[5]) / 72);
  var next = new AtomicInteger();
  HttpClient http = HttpClient.newHttpClient();
  List<Thread> clients = new ArrayList<>();
  for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
    clients.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    String body =
                        """
                        {"identityId": "%s", "to": "reader%d@recipients.example", "subject": "Rate", "text": "%s"}\
                        """
                            .formatted(arguments[2], n, text);
                    submit(http, messages, arguments[1], body);
                  }
                }));
  }
  for (Thread client : clients) {
    client.join();
  }
}

void submit(HttpClient http, URI messages, String key, String body) {
  HttpRequest request =
      HttpRequest.newBuilder(messages)
          .header("Authorization", "Bearer " + key)
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString(body))
          .build();
  try {
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
  } catch (IOException | InterruptedException e) {
    throw new IllegalStateException(e);
  }
}
