/**
 * Connecting, changing, testing and removing channels, opening them for use, and looking after
 * their health.
 */
@NullMarked
package io.leverans.application.service.channel;

import org.jspecify.annotations.NullMarked;
