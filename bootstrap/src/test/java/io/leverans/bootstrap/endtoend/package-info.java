/** The product as its users meet it: the packed jar, its command line, its HTTP API. */
@NullMarked
package io.leverans.bootstrap.endtoend;

import org.jspecify.annotations.NullMarked;
