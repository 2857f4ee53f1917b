/**
 * What is done for the whole deployment, however it is used: purging what is old, rotating keys,
 * and how a round over all teams goes on where something fails.
 */
@NullMarked
package io.leverans.application.service.upkeep;

import org.jspecify.annotations.NullMarked;
