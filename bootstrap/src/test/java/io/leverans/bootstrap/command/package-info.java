/** Tests of the commands, without a process around them. */
@NullMarked
package io.leverans.bootstrap.command;

import org.jspecify.annotations.NullMarked;
