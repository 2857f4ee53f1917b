/**
 * What is done for the whole deployment, however it is used: purging what is old, and rotating
 * keys.
 */
@NullMarked
package io.leverans.application.service.upkeep;

import org.jspecify.annotations.NullMarked;
