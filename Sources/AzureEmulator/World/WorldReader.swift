import EmulatorRuntime
import Foundation

/// Puts a world together from the fields of a file, over the built-in world or over nothing.
struct WorldReader {
    let fields: FieldReader

    func world() -> World {
        let isEmpty = self.fields.choice("base", of: ["builtIn", "empty"]) == "empty"
        var world = isEmpty ? Self.empty : World.builtIn
        world.tenantID = self.fields.guid("tenantId") ?? world.tenantID
        self.merge(self.subscriptions(), into: &world.subscriptions)
        self.merge(self.groups(Place(world: world)), into: &world.resourceGroups)
        let identities = IdentityReader(fields: self.fields)
        self.merge(identities.identities(Place(world: world)), into: &world.userAssignedIdentities)
        self.merge(identities.applications(), into: &world.servicePrincipals)
        self.merge(StorageReader(fields: self.fields).accounts(Place(world: world)), into: &world.storageAccounts)
        let instances = InstanceReader(fields: self.fields).instances(Place(world: world), world: world)
        self.merge(instances, into: &world.instances)
        self.machine(&world)
        RulesReader(fields: self.fields).read(into: &world)
        RoleReader(fields: self.fields).read(into: &world)
        self.merge(LockReader(fields: self.fields).locks(in: world), into: &world.locks)
        ThrottlingReader(fields: self.fields).read(into: &world.throttling)
        for image in self.images() { world.images[image.name] = image.command }
        return world
    }

    /// Nothing but a tenant and a subscription, so that a file may say only what it cares about.
    private static var empty: World {
        World(
            tenantID: World.builtIn.tenantID,
            subscriptions: World.builtIn.subscriptions,
            machine: Machine(identityHeader: World.builtIn.machine.identityHeader)
        )
    }

    /// What a file names again replaces what was there.
    private func merge<Element: WorldElement>(_ new: [Element], into old: inout [Element]) {
        let keys = Set(new.map(\.key))
        old = old.filter { !keys.contains($0.key) } + new
    }

    private func subscriptions() -> [Subscription] {
        self.fields.eachOnce("subscriptions", unique: "id") { fields in
            let name = fields.string("name")
            return fields.required("id", fields.guid("id")).map { Subscription(id: $0, name: name ?? $0) }
        }
    }

    private func groups(_ place: Place) -> [ResourceGroup] {
        self.fields.eachOnce("resourceGroups") { fields in
            let subscription = place.subscription(fields)
            let location = fields.string("location") ?? "westeurope"
            let tags = fields.texts("tags") ?? [:]
            guard let name = fields.required("name", fields.name()) else { return nil }
            // Source: "Naming rules and restrictions for Azure resources", resourceGroups.
            if name.wholeMatch(of: /[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]/) == nil {
                fields.note(
                    "name",
                    "A resource group's name has 1 to 90 letters, digits, hyphens, underscores, parentheses and periods, "
                        + "and does not end with a period."
                )
            }
            return ResourceGroup(
                subscriptionID: subscription,
                name: name,
                location: RegionName.short(location),
                tags: tags
            )
        }
    }

    private func images() -> [ContainerImage] {
        self.fields.eachOnce("images") { fields in
            let command = fields.strings("command")
            if command?.isEmpty == true { fields.note("command", "A command has a program at least.") }
            guard let name = fields.required("name", fields.string("name")),
                let command = fields.required("command", command)
            else { return nil }
            return ContainerImage(name: name, command: command)
        }
    }

    private func machine(_ world: inout World) {
        guard let fields = self.fields.object("machine") else { return }
        world.machine.identityHeader = fields.string("identityHeader") ?? world.machine.identityHeader
        if let isAssigned = fields.bool("systemAssigned") {
            world.machine.systemPrincipalID = isAssigned ? DerivedID.guid("machine/system") : nil
        }
        if let names = fields.strings("identities") {
            world.machine.userAssigned = names.compactMap { name in
                let found = world.userAssignedIdentities.first { $0.name == name || $0.id == Scope(name) }
                if found == nil { fields.note("identities", "There is no identity '\(name)'.") }
                return found?.id
            }
        }
        fields.finish()
    }
}
