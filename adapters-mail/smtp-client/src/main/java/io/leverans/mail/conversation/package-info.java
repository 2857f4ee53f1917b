/** The conversation that a kind of channel holds with a next hop: phases, replies, TLS, reuse. */
@NullMarked
package io.leverans.mail.conversation;

import org.jspecify.annotations.NullMarked;
