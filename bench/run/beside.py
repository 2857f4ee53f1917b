"""The same load through Debian's Postfix, as it is installed."""

import shutil

from figures import Figures, Processors
from peers import Postfix


def is_installed():
    return shutil.which("postfix") is not None


def address_of(domain):
    """That of the server of a domain, as the rig's name server tells it."""
    return f"127.1.{domain >> 8}.{domain & 255}"


class Beside:
    """A Postfix that knows each domain's server, so that it looks nothing up."""

    def __init__(self, work, rig, scenario):
        self.rig = rig
        self.scenario = scenario
        routes = work / "routes"
        routes.write_text(
            "".join(
                f"d{domain}.example smtp:[{address_of(domain)}]:{rig.sink}\n"
                for domain in range(scenario.domains)
            )
        )
        settings = {"transport_maps": f"texthash:{routes}"}
        if not scenario.sends:
            settings["smtpd_data_restrictions"] = "check_client_access static:HOLD"
        self.postfix = Postfix(work, "postfix", settings)

    def __enter__(self):
        self.postfix.__enter__()
        return self

    def __exit__(self, *details):
        self.postfix.__exit__(*details)

    def load(self, **values):
        return self.rig.load(self.scenario, via="smtp", ports=self.postfix.port, **values)

    def measure(self):
        pid = int((self.postfix.folder / "queue" / "pid" / "master.pid").read_text())
        processors = Processors([pid])
        figures = Figures.of(self.load(), self.scenario.sends)
        figures.service = 1000 * processors.seconds() / self.scenario.messages
        return figures
