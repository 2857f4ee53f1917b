/** The program: its command line, and where everything is put together. */
@NullMarked
package io.leverans.bootstrap;

import org.jspecify.annotations.NullMarked;
