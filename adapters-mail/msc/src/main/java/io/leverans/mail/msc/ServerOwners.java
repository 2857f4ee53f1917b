package io.leverans.mail.msc;

import com.google.common.net.InternetDomainName;
import io.leverans.mail.rules.RuleTable;
import java.util.HashMap;
import java.util.Map;
import org.xbill.DNS.Address;

/**
 * Who runs a mail server, told by its name: servers of one owner share their limits and troubles.
 */
final class ServerOwners {
  private static final int COLUMNS = 3;

  private final Map<String, String> together;

  private ServerOwners(Map<String, String> together) {
    this.together = together;
  }

  static ServerOwners load() {
    Map<String, String> together = new HashMap<>();
    for (RuleTable.Row row : RuleTable.beside(ServerOwners.class, "mail-servers.tsv", COLUMNS)) {
      together.put(row.cell(0), row.cell(1));
    }
    return new ServerOwners(Map.copyOf(together));
  }

  /** The domain that stands for the owner of a server, in A-labels and lower case. */
  String of(String host) {
    String registered = registered(host);
    return together.getOrDefault(registered, registered);
  }

  /** Names outside the public suffixes, of networks of somebody's own, lose what names the host. */
  private static String registered(String host) {
    if (Address.isDottedQuad(host) || !InternetDomainName.isValid(host)) {
      return host;
    }
    InternetDomainName name = InternetDomainName.from(host);
    if (name.isUnderRegistrySuffix()) {
      return name.topDomainUnderRegistrySuffix().toString();
    }
    return name.parts().size() > 2 ? name.parent().toString() : host;
  }
}
