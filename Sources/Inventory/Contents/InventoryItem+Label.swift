extension InventoryItem {
    /// What a person calls it, such as `operation orders/list`, `policy of API orders`, or `API orders in product starter`.
    package var label: String {
        let rule = KindRule.of(self.kind)
        switch rule?.shape {
        case .policy where self.kind.collection == "policies":
            return self.parentPath.isEmpty ? "policy of the instance" : "policy of \(self.parentLabel)"
        case .link:
            let place = self.kind.collection == "tags" ? "on" : "in"
            return "\(self.kind.noun) \(self.name) \(place) \(self.parentLabel)"
        case nil, .thing, .policy, .definition, .person, .tagUse:
            let shown = self.displayName.map { $0 == self.name ? "" : " (\($0))" } ?? ""
            return "\(self.kind.noun) \(Self.names(of: self.path))\(shown)"
        }
    }

    private var parentLabel: String {
        "\(InventoryKind(of: self.parentPath).noun) \(Self.names(of: self.parentPath))"
    }

    private static func names(of path: String) -> String {
        let parts = path.split(separator: "/")
        return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }.joined(separator: "/")
    }
}
