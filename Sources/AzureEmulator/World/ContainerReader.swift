import EmulatorBlobStorage

/// Reads the containers of a storage account: names, or objects that also say what is immutable there.
struct ContainerReader {
    let fields: FieldReader
    /// Whether the account keeps versions, which the protection of single ones takes.
    let isVersioned: Bool

    /// The longest policy that Azure takes, 400 years.
    ///
    /// Source: "Container-level write once, read many (WORM) policies": from 1 day to 146,000 days.
    private static let days = 1...146_000

    func containers() -> [EmulatedContainer] {
        self.fields.eachOnce("containers", mayBeNames: true) { fields in
            var immutability = ContainerImmutability(
                days: fields.integer("immutableDays", in: Self.days),
                hasLegalHold: fields.bool("legalHold") ?? false
            )
            immutability.versionDays = fields.integer("immutableVersionDays", in: Self.days)
            immutability.protectsVersions =
                fields.bool("protectsVersions") ?? (immutability.versionDays != nil)
            self.check(immutability, fields)
            guard let name = fields.required("name", fields.string("name")) else { return nil }
            if !ResourceNames.isContainer(name) {
                fields.note(
                    "name",
                    "A container's name has 3 to 63 lower-case letters, digits and single hyphens between them."
                )
            }
            var container = EmulatedContainer(name: name, immutability: immutability)
            container.publicAccess = fields.choice("publicAccess", of: ["blob", "container"])
            return container
        }
    }

    private func check(_ immutability: ContainerImmutability, _ fields: FieldReader) {
        let field = immutability.versionDays == nil ? "protectsVersions" : "immutableVersionDays"
        if immutability.versionDays != nil, !immutability.protectsVersions {
            fields.note("immutableVersionDays", "It needs protectsVersions.")
        }
        guard immutability.protectsVersions else { return }
        if !self.isVersioned { fields.note(field, "It needs an account with versioning.") }
        if immutability.days != nil {
            fields.note("immutableDays", "A container has a policy of its own or protects single versions, not both.")
        }
    }
}
