/** In whose names mail is written: their addresses, and the domains that stand behind them. */
@NullMarked
package io.leverans.application.service.author;

import org.jspecify.annotations.NullMarked;
