import EmulatorRuntime
import Foundation
import HTTPTypes

/// What can be asked of what lies in an instance: lists, single things, their ETags, and changes.
///
/// Source: the specification of API Management, API version 2024-05-01: `…_ListByService`, `…_Get`, `…_GetEntityTag`,
/// `…_CreateOrUpdate`, `…_Update`, `…_Delete`, `…_ListSecrets`.
struct ContentRoutes {
    let call: ManagementCall
    let path: ContentPath

    /// How many elements one page holds at the most.
    ///
    /// Azure's own number is not documented; 100 is what its answers have been seen to hold.
    static let pageSize = 100

    /// The methods of what a path stands for.
    static func methods(of path: ContentPath) -> [HTTPRequest.Method] {
        switch path.form {
        case .list, .derived: [.get]
        case .secrets: [.post]
        case .item: [.get, .head, .put, .patch, .delete]
        }
    }

    func response() throws -> EmulatedResponse {
        switch (self.path.form, self.call.request.method) {
        case (.list, _), (.derived, _): try self.list()
        case (.secrets(let action), _): try self.secrets(action)
        case (.item, .put): try self.put()
        case (.item, .patch): try self.patch()
        case (.item, .delete): try self.delete()
        case (.item, _): try self.show()
        }
    }

    private func list() throws -> EmulatedResponse {
        if let filter = self.call.request.query("$filter") { throw ManagementError.invalidFilter(filter) }
        return try self.call.cloud.read { state, now in
            let view = try self.view(for: "read", in: state, now: now)
            guard let elements = view.elements() else { throw ManagementError.contentNotFound(self.path.parent) }
            return self.page(elements, size: min(Self.pageSize, state.world.rules.pageSize))
        }
    }

    private func show() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let view = try self.view(for: "read", in: state, now: now)
            guard let node = view.contents.node(at: self.path.steps) else {
                throw ManagementError.contentNotFound(self.path.steps)
            }
            // Source: `ProductApi_CheckEntityExists` and its like.
            if self.call.request.method == .head, self.path.kinds.last?.isLink == true, self.path.kinds.count == 2,
                self.path.kinds[0].collection != "apis"
            {
                return EmulatedResponse(status: .noContent)
            }
            return .json(view.json(node, in: self.path.parent), headers: [.eTag: ContentView.etag(of: node)])
        }
    }

    private func secrets(_ action: String) throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let view = try self.view(for: "\(action)/action", in: state, now: now)
            guard let node = view.contents.node(at: self.path.steps), let kind = self.path.kinds.last else {
                throw ManagementError.contentNotFound(self.path.steps)
            }
            let names = action == "listValue" ? ["value"] : kind.hidden + kind.nulled
            let members = names.compactMap { name in node.properties[name].map { JSON.Member(name, $0) } }
            return .json(.object(members), headers: [.eTag: ContentView.etag(of: node)])
        }
    }

    /// The instance's contents, once the caller is found to be allowed the action, and the tier to have the kind.
    func view(for right: String, in state: CloudState, now: Date) throws(ManagementError) -> ContentView {
        let instance = try self.call.instance(for: "\(self.path.type)/\(right)", in: state, now: now)
        if self.path.kinds.contains(where: { $0.missingIn.contains(instance.tier) }) {
            // Source: code and words as public issue reports quote them of the tier Consumption.
            throw ManagementError(
                status: .badRequest,
                code: "MethodNotAllowedInPricingTier",
                message: "Method not allowed in \(instance.tier.rawValue) pricing tier",
                isFromProvider: true
            )
        }
        return ContentView(instance: instance, contents: instance.configuration.contents, path: self.path)
    }

    /// One page, with how many elements there are in all.
    ///
    /// Source: `$top` and `$skip` of the specification, and `count` and `nextLink` of its collections.
    private func page(_ elements: [JSON], size: Int) -> EmulatedResponse {
        let start = min(max(0, self.call.request.query("$skip").flatMap { Int($0) } ?? 0), elements.count)
        let limit = self.call.request.query("$top").flatMap { Int($0) }.map { max(1, min($0, size)) } ?? size
        let end = min(elements.count, start + limit)
        var body: JSON = ["value": .array(Array(elements[start..<end])), "count": .integer(elements.count)]
        if end < elements.count {
            let kept = self.call.request.rawQuery.split(separator: "&").filter { item in
                let name = item.prefix { $0 != "=" }.lowercased()
                return name != "$skip" && name != "%24skip"
            }
            let query = (kept + ["$skip=\(end)"]).joined(separator: "&")
            body["nextLink"] = .string("\(self.call.request.origin)\(self.call.request.rawPath)?\(query)")
        }
        return .json(body)
    }
}

extension ManagementError {
    /// Azure's words differ from kind to kind; the code is that of all.
    static func contentNotFound(_ steps: [ContentStep]) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "ResourceNotFound",
            message: "\(steps.last?.name ?? "It") not found.",
            isFromProvider: true
        )
    }
}
