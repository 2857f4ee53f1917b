package io.leverans.mail.simulator.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.mail.simulator.signin.SimulatedSignIn.RefreshToken;
import java.util.List;
import java.util.Set;

/** A provider without peculiarities. */
final class PlainDialect implements SignInDialect {
  static final SimulatedAccount SANDY =
      new SimulatedAccount("sandy@acme.example", "Sandy", "takes <all> mail");

  @Override
  public String provider() {
    return "Example";
  }

  @Override
  public List<SimulatedAccount> accounts() {
    return List.of(SANDY);
  }

  @Override
  public SimulatedAccount accountOf(String address) {
    return new SimulatedAccount(address, "Somebody", "whoever was typed in");
  }

  @Override
  public String meaningOf(String scope) {
    return "Do " + scope;
  }

  @Override
  public Set<String> allowed(SimulatedAccount account, Set<String> asked) {
    return asked;
  }

  @Override
  public RefreshToken refreshToken(ConsentQuestion question, int livingGrants) {
    return RefreshToken.GIVEN;
  }

  @Override
  public void complete(ObjectNode answer, TokenResult.Granted granted) {
    answer.put("source", granted.source().name());
  }

  @Override
  public ObjectNode refusal(TokenRefusal why) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("error", why.error())
        .put("error_description", why.name());
  }
}
