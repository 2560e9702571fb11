import BackupDomain
import Foundation
import Inventory

/// What lay in an instance, in words.
struct ContentsPrinter {
    let terminal: Terminal

    /// Prints the table of contents of a night.
    ///
    /// - Parameter night: The night.
    func print(_ night: InventoriedNight) {
        // A run that was to take an inventory only, or was refused, made no backup.
        let moment = night.run.names.isEmpty ? "at" : "before the backup of"
        self.heading("Contents of \(night.run.instance) \(moment) \(Quantities.minute(night.at)) UTC")
        let counts = InventoryCounts(night.inventory.counts).words
        self.terminal.print("  \(counts.isEmpty ? "nothing" : counts)")
        let kinds = Dictionary(grouping: night.inventory.items, by: \.kind)
        for (kind, items) in kinds.sorted(by: { $0.key < $1.key }) {
            self.heading("\(kind.path) (\(items.count))")
            let rows = items.map { [Self.place(of: $0), Self.facts(of: $0)] }
            for line in Table([Table.Column(""), Table.Column("")], rows: rows).lines.dropFirst() {
                self.terminal.print("  \(line)")
            }
        }
        guard !night.inventory.gaps.isEmpty else { return }
        self.heading("Not in it")
        for gap in night.inventory.gaps { self.terminal.print("  \(Self.words(gap))") }
    }

    /// Prints the names only, for other programs.
    ///
    /// - Parameter night: The night.
    func printPaths(_ night: InventoriedNight) {
        for item in night.inventory.items { self.terminal.print(item.path) }
    }

    private func heading(_ text: String) {
        self.terminal.print(Style.strong.apply(text, isOn: self.terminal.abilities.colorsOutput))
    }

    /// The names that lead to it, without those of the collections.
    private static func place(of item: InventoryItem) -> String {
        let parts = item.path.split(separator: "/")
        return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }.joined(separator: "/")
    }

    /// What a person wants to know of it first.
    private static func facts(of item: InventoryItem) -> String {
        func text(_ name: String) -> String? { item.properties[name]?.string }
        let facts: [String?]
        switch item.kind.collection {
        case "apis":
            let revision = item.properties["isCurrent"] == .boolean(false) ? "not the current revision" : nil
            facts = [item.displayName, text("path").map { "/\($0)" }, text("apiVersion"), revision]
        case "operations": facts = [text("method"), text("urlTemplate")]
        case "policies", "policyFragments":
            facts = [
                item.properties["bytes"]?.integer.map { "\($0) bytes" },
                text("sha256").map { "sha256 \($0.prefix(12))" },
            ]
        case "namedValues":
            let secret = item.properties["secret"] == .boolean(true) ? "secret" : nil
            facts = [item.displayName, secret, item.properties["keyVault"]?["secretIdentifier"]?.string]
        case "subscriptions": facts = [item.displayName, text("scope"), text("state")]
        case "certificates": facts = [text("subject"), text("expirationDate").map { "until \($0.prefix(10))" }]
        default: facts = [item.displayName, text("url"), text("state")]
        }
        return facts.compactMap(\.self).filter { $0 != item.name }.joined(separator: "  ")
    }

    /// Why a list is missing.
    ///
    /// - Parameter gap: The gap.
    /// - Returns: One line.
    static func words(_ gap: InventoryGap) -> String {
        let reason =
            switch gap.reason {
            case .notOffered: "the instance's tier does not offer it"
            case .forbidden: "the identity may not read it"
            case .changing: "it changed while it was read, twice; what is shown may not be whole"
            case .gone: "what it belongs to was deleted meanwhile"
            case .tooLarge: "too large"
            case .failed: "Azure did not answer it"
            case .other: "for a reason that a newer release knows"
            }
        return "\(gap.list): \(reason)\(gap.detail.map { " (\($0))" } ?? "")"
    }
}
