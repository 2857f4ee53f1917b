/** Tables of rules in resource files, and the small engine that reads them. */
@NullMarked
package io.leverans.mail.rules;

import org.jspecify.annotations.NullMarked;
