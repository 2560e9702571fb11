extension Scope {
    /// The scope that a world's file names: a path, or `subscription`, `group:NAME`, `instance:NAME`,
    /// `storageAccount:NAME`, `container:ACCOUNT/NAME`, `identity:NAME`.
    init?(named text: String, in world: World) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let name = parts.count > 1 ? parts[1] : ""
        let found: Scope? =
            switch parts.first {
            case _ where text.hasPrefix("/"): Scope(text)
            case "subscription": world.subscriptions.first { name.isEmpty || $0.id == name.lowercased() }?.scope
            case "group": world.resourceGroups.first { $0.name == name }?.scope
            case "instance": world.instances.first { $0.name == name }?.id
            case "identity": world.userAssignedIdentities.first { $0.name == name }?.id
            case "storageAccount": world.storageAccounts.first { $0.name == name }?.id
            case "container": Self.container(name, in: world)
            default: nil
            }
        guard let found else { return nil }
        self = found
    }

    private static func container(_ name: String, in world: World) -> Scope? {
        let path = name.split(separator: "/", maxSplits: 1).map(String.init)
        guard path.count == 2 else { return nil }
        return world.storageAccounts.first { $0.name == path[0] }?.containerScope(path[1])
    }
}
