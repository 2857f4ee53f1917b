/** The sign-in of a simulated provider: accounts, the consent page, codes and tokens. */
@NullMarked
package io.leverans.mail.simulator.signin;

import org.jspecify.annotations.NullMarked;
