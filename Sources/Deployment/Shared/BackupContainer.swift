/// The containers of the storage account, as templates name them; the account itself is never written.
enum BackupContainer {
    /// What a role is assigned on: a container, or with `account` the whole account.
    struct Place {
        /// The extension resource's scope.
        var scope: TemplateExpression
        /// The full id.
        var id: TemplateExpression
    }

    /// A private container.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    /// - Returns: The resource; Azure leaves one that exists as it is, but for public access, which is switched off.
    static func resource(_ account: TemplateExpression, _ container: TemplateExpression) -> TemplateResource {
        TemplateResource(
            ResourceTypes.containers.rawValue,
            ResourceTypes.containers.apiVersion,
            name: .expression(.format("{0}/default/{1}", account, container)),
            [.init("properties", ["publicAccess": "None"])]
        )
    }

    /// A container as the scope of a role assignment.
    static func place(_ account: TemplateExpression, _ container: TemplateExpression) -> Place {
        Place(
            scope: .format(
                "Microsoft.Storage/storageAccounts/{0}/blobServices/default/containers/{1}",
                account,
                container
            ),
            id: .resourceID(ResourceTypes.containers.rawValue, account, .literal("default"), container)
        )
    }

    /// The whole account as the scope of a role assignment.
    static func account(_ account: TemplateExpression) -> Place {
        Place(
            scope: .format("Microsoft.Storage/storageAccounts/{0}", account),
            id: .resourceID(ResourceTypes.storageAccounts.rawValue, account)
        )
    }
}
