/**
 * What people do with messages: writing and logging, reading, withdrawing, giving them other times,
 * trying them again, moving them to another channel.
 */
@NullMarked
package io.leverans.application.service.message;

import org.jspecify.annotations.NullMarked;
