import java.io.*;
import java.net.*;

public class UrlConnection {
  public static void main(String[] urls) {
    for (String url : urls) {
      try {
        HttpURLConnection connection = (HttpURLConnection) new URL(url + "/chat/completions").openConnection();
        connection.setReadTimeout(3000);
        connection.setDoOutput(true);
        connection.getOutputStream().write("{\"model\": \"gpt-9\"}".getBytes());
        InputStream said = connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream();
        String body = said == null ? "" : new String(said.readAllBytes());
        System.out.println("ChatGPT plugin: response code " + connection.getResponseCode() + "\n" + body);
      } catch (Throwable error) {
        System.out.println("ChatGPT plugin: " + error);
      }
      System.out.println("\u001e");
    }
  }
}
