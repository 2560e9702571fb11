extension ChannelSettings {
    /// The keys that go with some types only, whether they are given, and what they say.
    private var partial: [(key: String, isGiven: Bool, types: Set<Kind>)] {
        [
            ("urlFile", self.urlFile != nil, [.webhook, .slack, .teams]),
            ("urlVariable", self.urlVariable != nil, [.webhook, .slack, .teams]),
            ("secretFile", self.secretFile != nil, [.webhook]),
            ("secretVariable", self.secretVariable != nil, [.webhook]),
            ("endpoint", self.endpoint != nil, [.email]), ("sender", self.sender != nil, [.email]),
            ("recipients", !self.recipients.isEmpty, [.email]), ("command", !self.command.isEmpty, [.command]),
            ("timeout", self.timeout != nil, [.command]),
        ]
    }

    package func check(_ report: inout SectionReport) {
        guard let type = self.type else {
            let words = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            return report.note("type", "nothing says what channel this is", fix: "Add 'type:' with one of \(words).")
        }
        for (key, isGiven, types) in self.partial where isGiven && !types.contains(type) {
            let words = Kind.allCases.filter(types.contains).map(\.rawValue).joined(separator: ", ")
            report.note(key, "it goes with \(words) only, and the type is \(type.rawValue)", fix: "Take it out.")
        }
        for (file, variable) in [("urlFile", "urlVariable"), ("secretFile", "secretVariable")]
        where self.isGiven(file) && self.isGiven(variable) {
            report.note(variable, "\(file) and \(variable) are both given", fix: "Keep one of the two.")
        }
        for (keys, fix) in Self.needs(type) where !keys.contains(where: self.isGiven) {
            report.note(
                keys[0],
                "a channel of the type \(type.rawValue) needs \(keys.joined(separator: " or "))",
                fix: fix
            )
        }
    }

    private func isGiven(_ key: String) -> Bool { self.partial.contains { $0.key == key && $0.isGiven } }

    /// What a channel of a type must have: one of these keys each, and how to come by it.
    private static func needs(_ type: Kind) -> [(keys: [String], fix: String)] {
        switch type {
        case .webhook, .slack, .teams:
            [
                (
                    ["urlFile", "urlVariable"],
                    "Put the webhook's URL, which is a secret, into a file or a variable, and name that here."
                )
            ]
        case .email:
            [
                (["endpoint"], "Name the endpoint of the Communication Services resource."),
                (["sender"], "Name an address of a domain that is connected to the resource."),
                (["recipients"], "Name at least one address."),
            ]
        case .command: [(["command"], "Name the program, such as: command: [/usr/local/bin/tell-ops]")]
        }
    }
}
