import BackupDomain

/// What is read of one kind, and how.
struct KindRule: Sendable {
    /// What becomes of an element of the list.
    enum Shape: Sendable {
        /// Its name and its properties, without secrets.
        case thing
        /// Its name: it only says that something belongs here.
        case link
        /// Its name, with the digest and the size of the text.
        case policy
        /// Its name and its properties, with the digest and the size of what it defines.
        case definition
        /// A digest of its e-mail address, and nothing else.
        case person
        /// What has which tag.
        case tagUse
    }

    /// The collection.
    let collection: String
    /// What one of them is called.
    let noun: String
    /// The least level that reads it.
    var level = InventoryLevel.names
    /// What becomes of an element.
    var shape = Shape.thing
    /// The first edition of inventories whose readings hold it.
    var edition = 1
    /// The `type` that something must have for this to lie in it; nil where all may have it.
    var onlyIn: String?
    /// What lies in it.
    var below: [KindRule] = []

    /// The rule of a kind; nil for one that is not known.
    static func of(_ kind: InventoryKind) -> KindRule? { Self.byPath[kind.path] }

    private static let byPath = Dictionary(Self.paths(of: Self.all, below: "")) { first, _ in first }

    private static func paths(of rules: [KindRule], below parent: String) -> [(String, KindRule)] {
        rules.flatMap { rule -> [(String, KindRule)] in
            let path = parent + rule.collection
            return [(path, rule)] + Self.paths(of: rule.below, below: "\(path)/")
        }
    }

    /// All kinds that are known, those of workspaces included.
    static func kinds(_ rules: [KindRule] = Self.all, below parent: InventoryKind? = nil) -> [InventoryKind] {
        rules.flatMap { rule -> [InventoryKind] in
            let kind = parent?.below(rule.collection) ?? InventoryKind(rule.collection)
            return [kind] + Self.kinds(rule.below, below: kind)
        }
    }
}
