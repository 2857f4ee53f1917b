package io.leverans.web.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RedirectFieldTest {
  private static final URI INSIDE = URI.create("http://mail.intern:80/");

  @Test
  void over_http_a_browser_is_led_back_to_the_origin_that_serves_our_own_pages() {
    URI page = RedirectField.address("http://MAIL.intern/crm", INSIDE);
    assertThat(page).hasHost("MAIL.intern");
  }

  @Test
  void another_port_host_or_scheme_is_another_origin() {
    refused("http://mail.intern:8080/crm", INSIDE);
    refused("http://crm.intern/", INSIDE);
    refused("http://mail.intern/", URI.create("https://mail.intern/"));
  }

  private static void refused(String redirect, URI publicUrl) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedirectField.address(redirect, publicUrl))
        .withMessageContaining("redirect")
        .withMessageContaining("https://");
  }
}
