/** The architecture as a list of sentences, each proved to bite. */
@NullMarked
package io.leverans.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
