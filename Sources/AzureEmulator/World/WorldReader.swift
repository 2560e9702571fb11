import EmulatorRuntime
import Foundation

/// Puts a world together from the fields of a file, over the built-in world or over nothing.
struct WorldReader {
    let fields: FieldReader

    func world() -> World {
        let isEmpty = self.fields.choice("base", of: ["builtIn", "empty"]) == "empty"
        var world = isEmpty ? Self.empty : World.builtIn
        world.tenantID = self.fields.guid("tenantId") ?? world.tenantID
        self.merge(self.subscriptions(), into: &world.subscriptions) { $0.id }
        let place = Place(world: world)
        self.merge(self.groups(place), into: &world.resourceGroups) { $0.scope.path.lowercased() }
        self.merge(
            IdentityReader(fields: self.fields).identities(Place(world: world)),
            into: &world.userAssignedIdentities
        ) {
            $0.id.path.lowercased()
        }
        self.merge(IdentityReader(fields: self.fields).applications(), into: &world.servicePrincipals) { $0.name }
        self.merge(StorageReader(fields: self.fields).accounts(Place(world: world)), into: &world.storageAccounts) {
            $0.name
        }
        self.merge(
            InstanceReader(fields: self.fields).instances(Place(world: world), world: world),
            into: &world.instances
        ) {
            $0.id.path.lowercased()
        }
        self.machine(&world)
        RulesReader(fields: self.fields).read(into: &world)
        RoleReader(fields: self.fields).read(into: &world)
        self.merge(LockReader(fields: self.fields).locks(in: world), into: &world.locks) { $0.id.path.lowercased() }
        ThrottlingReader(fields: self.fields).read(into: &world.throttling)
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
    private func merge<Element>(_ new: [Element], into old: inout [Element], key: (Element) -> String) {
        let names = Set(new.map(key))
        old = old.filter { !names.contains(key($0)) } + new
    }

    private func subscriptions() -> [Subscription] {
        self.fields.each("subscriptions") { fields in
            let name = fields.string("name")
            return fields.required("id", fields.guid("id")).map { Subscription(id: $0, name: name ?? $0) }
        }
    }

    private func groups(_ place: Place) -> [ResourceGroup] {
        self.fields.each("resourceGroups") { fields in
            let subscription = place.subscription(fields)
            let location = fields.string("location") ?? "westeurope"
            let tags = fields.texts("tags") ?? [:]
            return fields.required("name", fields.string("name")).map { name in
                ResourceGroup(
                    subscriptionID: subscription,
                    name: name,
                    location: RegionName.short(location),
                    tags: tags
                )
            }
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
