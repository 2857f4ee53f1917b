package io.leverans.mail.simulator.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.mail.simulator.signin.SimulatedSignIn.RefreshToken;
import java.util.List;
import java.util.Set;

/** In what the sign-in of one provider differs from that of another. */
public interface SignInDialect {

  /** What people call the provider. */
  String provider();

  /** The accounts that its consent page lists. */
  List<SimulatedAccount> accounts();

  /** What an account is that a person typed in. */
  SimulatedAccount accountOf(String address);

  /** What a scope allows, as the consent page says it. */
  String meaningOf(String scope);

  /** What the owner of the account allows of all that is asked for. */
  Set<String> allowed(SimulatedAccount account, Set<String> asked);

  /**
   * Whether the application gets a refresh token.
   *
   * @param livingGrants how many it has already for the account
   */
  RefreshToken refreshToken(ConsentQuestion question, int livingGrants);

  /** Adds to the answer what this provider tells besides, such as an ID token. */
  void complete(ObjectNode answer, TokenResult.Granted granted);

  /** The answer to a request that gets no tokens. */
  ObjectNode refusal(TokenRefusal why);
}
