import EmulatorRuntime
import Foundation

/// How contents look from outside.
struct ContentView {
    let instance: ApiManagementInstance
    let contents: ContentNode
    let path: ContentPath

    /// A thing as a resource.
    ///
    /// - Parameters:
    ///   - node: The thing.
    ///   - parent: The steps to what it lies in.
    /// - Returns: Its document.
    func json(_ node: ContentNode, in parent: [ContentStep]) -> JSON {
        let kind = self.path.kinds[self.path.kinds.count - 1]
        let target = kind.isLink ? self.linked(node.name, collection: kind.collection) ?? node : node
        return [
            "id": .string(self.id(parent + [ContentStep(collection: kind.collection, name: node.name)])),
            "type": .string(self.path.type), "name": .string(node.name),
            "properties": self.properties(of: target, kind),
        ]
    }

    /// The elements of the list that the path stands for; nil where what the list is of does not exist.
    func elements() -> [JSON]? {
        guard let parent = self.contents.node(at: self.path.parent) else { return nil }
        switch self.path.form {
        case .derived("revisions"): return self.revisions(of: parent)
        case .derived("products"): return self.products(of: parent)
        case .derived: return self.tagged()
        case .list, .item, .secrets:
            guard let kind = self.path.kinds.last else { return nil }
            return parent.children(of: kind.collection).map { self.json($0, in: self.path.parent) }
        }
    }

    /// The number of a change in base64, as long as API Management's own ETags, with the quotes of a header.
    static func etag(of node: ContentNode) -> String {
        let bytes = Data((0..<8).map { UInt8(truncatingIfNeeded: (node.revision + 0x0040_0000) >> (8 * (7 - $0))) })
        return "\"\(bytes.base64EncodedString())\""
    }

    /// What a link leads to.
    func linked(_ name: String, collection: String) -> ContentNode? {
        self.contents.node(at: self.path.home + [ContentStep(collection: collection, name: name)])
    }

    private func id(_ steps: [ContentStep]) -> String {
        ([self.instance.id.path] + steps.map { "\($0.collection)/\($0.name)" }).joined(separator: "/")
    }

    private func properties(of node: ContentNode, _ kind: ContentKind) -> JSON {
        // A link shows what it leads to by that one's own rules.
        let own = kind.isLink ? ContentKind.named(kind.collection, among: ContentKind.all) ?? kind : kind
        return own.shown(node.properties)
    }

    /// Source: `ApiRevisionContract`.
    private func revisions(of api: ContentNode) -> [JSON] {
        let base = api.name.split(separator: ";rev=")[0].lowercased()
        let home = self.contents.node(at: self.path.home)
        let all = (home?.children(of: "apis") ?? []).filter {
            $0.name.split(separator: ";rev=")[0].lowercased() == base
        }
        return all.map { revision in
            let properties = revision.properties
            return [
                "apiId": .string("/apis/\(revision.name)"), "apiRevision": properties["apiRevision"] ?? "1",
                "createdDateTime": .string(Instant.text(self.instance.createdAt)),
                "updatedDateTime": .string(Instant.text(self.instance.createdAt)),
                "description": properties["apiRevisionDescription"] ?? .null,
                "privateUrl": .string(
                    "/\(properties["path"]?.string ?? "");rev=\(properties["apiRevision"]?.string ?? "1")"
                ),
                "isOnline": properties["isOnline"] ?? true, "isCurrent": properties["isCurrent"] ?? true,
            ]
        }
    }

    private func products(of api: ContentNode) -> [JSON] {
        let step = ContentStep(collection: "apis", name: api.name)
        let home = self.contents.node(at: self.path.home)
        return (home?.children(of: "products") ?? []).filter { $0.node(at: [step]) != nil }.map { product in
            let steps = self.path.steps + [ContentStep(collection: "products", name: product.name)]
            return [
                "id": .string(self.id(steps)), "type": .string(self.path.type), "name": .string(product.name),
                "properties": product.properties,
            ]
        }
    }

    /// Source: `TagResourceContract`: each use of a tag, by an API, an operation or a product.
    private func tagged() -> [JSON] {
        self.contents.children(of: "apis").flatMap { api -> [JSON] in
            let id = "/apis/\(api.name)"
            let shown: JSON = ["id": .string(id), "name": api.properties["displayName"] ?? .string(api.name)]
            return self.uses(of: api, as: "api", shown)
                + api.children(of: "operations").flatMap { operation in
                    self.uses(of: operation, as: "operation", ["id": .string("\(id)/operations/\(operation.name)")])
                }
        }
            + self.contents.children(of: "products").flatMap { product in
                self.uses(of: product, as: "product", ["id": .string("/products/\(product.name)")])
            }
    }

    private func uses(of node: ContentNode, as member: String, _ shown: JSON) -> [JSON] {
        node.children(of: "tags").map { tag in
            let name = self.linked(tag.name, collection: "tags")?.properties["displayName"] ?? .string(tag.name)
            return .object([
                JSON.Member("tag", ["id": .string("/tags/\(tag.name)"), "name": name]), JSON.Member(member, shown),
            ])
        }
    }
}
