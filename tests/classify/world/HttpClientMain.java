import java.net.URI;
import java.net.http.*;
import java.time.Duration;

public class HttpClientMain {
  public static void main(String[] urls) {
    for (String url : urls) {
      try {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
            .timeout(Duration.ofSeconds(3))
            .POST(HttpRequest.BodyPublishers.ofString("{\"model\": \"gpt-9\"}")).build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        throw new RuntimeException("OpenAI: HTTP " + response.statusCode() + " - " + response.body());
      } catch (Throwable error) {
        System.out.println("POST " + url + "/chat/completions");
        error.printStackTrace(System.out);
      }
      System.out.println("\u001e");
    }
  }
}
