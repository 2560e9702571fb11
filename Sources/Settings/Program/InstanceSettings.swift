package import BackupDomain

/// One instance that is backed up, with what differs for it.
package struct InstanceSettings: SettingsSection, Hashable {
    /// The instance's name; nil where ``id`` is given.
    package var name: String?
    /// The instance's resource id; nil where ``name`` is given.
    package var id: ResourceID?
    /// The instance's resource group, which narrows the search by name.
    package var resourceGroup: String?
    /// How it is backed up: what holds for all instances, with what is said for this one.
    package var backup = BackupSettings()

    /// Creates an entry that names no instance.
    package init() {}

    /// Creates an entry for an instance that no settings list.
    ///
    /// - Parameters:
    ///   - reference: A name or a resource id.
    ///   - backup: What holds for all instances.
    package init(_ reference: String, _ backup: BackupSettings) {
        self.id = ResourceID(reference)
        self.name = self.id == nil ? reference : nil
        self.backup = backup
    }

    package static let fields: [SettingField<Self>] =
        [
            .value(
                "name",
                \.name,
                .text(
                    Instance.nameRule,
                    example: "contoso-apim",
                    pattern: "^[a-zA-Z]([a-zA-Z0-9-]{0,48}[a-zA-Z0-9])?$",
                    where: Instance.isValidName
                ),
                "The instance's name."
            ),
            .value("id", \.id, .instanceID, "The instance's resource id, in place of its name."),
            .value(
                "resourceGroup",
                \.resourceGroup,
                .text(
                    "the name of a resource group",
                    example: "rg-apim",
                    pattern: "^[-\\w._()]{1,90}$",
                    where: Self.isResourceGroup
                ),
                "The instance's resource group, where its name is not enough."
            ),
            .value(
                "inventoryOnly",
                \.backup.inventoryOnly,
                .boolean,
                """
                Whether only what lies in the instance is read at the times of its schedule, and no backup made: for tiers that \
                have none (Consumption, the v2 tiers).
                """
            ),
        ] + BackupSettings.fields.map { $0.lifted(\.backup) }

    package static func shorthand(for text: String) -> String? { text.hasPrefix("/") ? "id" : "name" }

    package static let shorthandTraits: SettingTraits? = SettingTraits(
        name: "name or id",
        rule: "an instance's name or resource id",
        example: "contoso-apim",
        schema: ["type": .string("string"), "pattern": .string("^([a-zA-Z][a-zA-Z0-9-]{0,49}|/subscriptions/.+)$")]
    )

    package func check(_ report: inout SectionReport) {
        if self.name == nil, self.id == nil {
            report.note("name", "neither name nor id says which instance is meant", fix: "Add 'name: NAME'.")
        }
        if self.name != nil, self.id != nil {
            report.note("name", "name and id are both given", fix: "Keep the id: it says all.")
        }
        if self.id != nil, self.resourceGroup != nil {
            report.note("resourceGroup", "the id says the resource group already", fix: "Take it out.")
        }
        if self.backup.storage.account == nil {
            report.note(
                "storage",
                "no storage account is named for this instance",
                fix: "Name it for all instances or for this one: storage: {account: NAME}"
            )
        }
        if self.backup.inventoryOnly, self.backup.inventory == .off {
            report.note(
                "inventoryOnly",
                "only its inventory is to be taken, and 'inventory: off' takes none",
                fix: "Say 'inventory: names' or 'inventory: full' for it."
            )
        }
        if let to = self.backup.drill.to, self.isNamed(to) {
            report.note(
                "drill",
                "'to' names the instance itself, which a drill would overwrite",
                fix: "Name a scratch instance of the same tier."
            )
        }
        if let maxAge = self.backup.maxAge, let longest = self.backup.schedule.longestStatedInterval, maxAge < longest {
            report.note(
                "maxAge",
                "\(maxAge.formattedBriefly) is shorter than the schedule's longest interval, \(longest.formattedBriefly): "
                    + "each backup is too old before the next one is due",
                fix: "Make it longer, or take it out: the schedule says it then.",
                severity: .warning
            )
        }
    }

    private static func isResourceGroup(_ text: String) -> Bool {
        (1...90).contains(text.count) && !text.hasSuffix(".")
            && text.allSatisfy { $0.isLetter || $0.isNumber || "-_.()".contains($0) }
    }
}

extension InstanceSettings {
    /// What a person would name the instance by: its name, or its id.
    package var reference: String { self.id?.text ?? self.name ?? "" }

    /// The instance's own name.
    package var instanceName: String { self.id?.name ?? self.name ?? "" }

    /// The resource id as far as it is known without asking Azure: given, or made of subscription, group and name.
    package var knownID: ResourceID? {
        if let id = self.id { return id }
        guard let name = self.name, let group = self.resourceGroup, let subscription = self.backup.subscription else {
            return nil
        }
        return ResourceID(
            "/subscriptions/\(subscription)/resourceGroups/\(group)/providers/Microsoft.ApiManagement/service/\(name)"
        )
    }

    /// Whether records filed under a key are, as far as one can tell, those of this instance.
    ///
    /// - Parameter key: The key.
    /// - Returns: Whether ids are equal where the id is known, else whether names are.
    package func matches(_ key: InstanceKey) -> Bool {
        self.knownID.map { InstanceKey($0) == key } ?? (key.instanceName == self.instanceName.lowercased())
    }

    /// Whether a person who names an instance so means this one.
    ///
    /// - Parameter reference: A name, a resource id, or a key of the catalog.
    /// - Returns: Whether it is this one.
    package func isNamed(_ reference: String) -> Bool {
        if let id = ResourceID(reference) {
            return self.knownID.map { $0 == id } ?? (self.instanceName.lowercased() == id.name.lowercased())
        }
        let lower = reference.lowercased()
        return lower == self.instanceName.lowercased() || self.knownID.map { InstanceKey($0).text == lower } ?? false
    }
}

extension SettingType<ResourceID> {
    fileprivate static var instanceID: Self {
        let example =
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-apim/providers/"
            + "Microsoft.ApiManagement/service/contoso-apim"
        let traits = SettingTraits(
            name: "resource id",
            rule: "the resource id of an API Management instance",
            example: example,
            schema: [
                "type": .string("string"),
                "pattern": .string(
                    "^/[sS]ubscriptions/[^/]+/[rR]esource[gG]roups/[^/]+/[pP]roviders/"
                        + "[mM]icrosoft\\.[aA]pi[mM]anagement/[sS]ervice/[^/]+/?$"
                ),
            ]
        )
        return Self(traits) { text in
            guard let id = ResourceID(text), id.isInstance, Instance.isValidName(id.name) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is not allowed"))
            }
            return .success(id)
        } text: {
            $0.text
        }
    }
}
