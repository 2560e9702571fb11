/// One page of a listing of names: blobs, and where there is a delimiter also the prefixes that stand for many.
struct BlobPage: Equatable, Sendable {
    /// One line of the page.
    enum Item: Equatable, Sendable {
        case blob(BlobName)
        case prefix(String)
    }

    var items: [Item] = []
    /// Where the next page begins; nil after the last.
    var next: BlobName?

    /// Makes a page of names in order.
    ///
    /// `position` tells where in the order a name stands or would stand.
    init(
        names: [BlobName],
        parameters: ListParameters,
        position: (BlobName) -> Int,
        isListed: (BlobName) -> Bool
    ) {
        let prefix = parameters.prefix
        var index = position(max(BlobName(prefix), parameters.start ?? BlobName("")))
        while index < names.count, names[index].hasPrefix(prefix) {
            let name = names[index]
            guard isListed(name) else {
                index += 1
                continue
            }
            guard self.items.count < parameters.page else {
                self.next = name
                return
            }
            if let group = Self.group(of: name, behind: prefix, delimiter: parameters.delimiter) {
                self.items.append(.prefix(group))
                while index < names.count, names[index].hasPrefix(group) { index += 1 }
            } else {
                self.items.append(.blob(name))
                index += 1
            }
        }
    }

    /// The prefix that stands for a name: up to and with the first delimiter behind the listing's own prefix.
    private static func group(of name: BlobName, behind prefix: String, delimiter: String) -> String? {
        guard !delimiter.isEmpty else { return nil }
        let rest = name.text.utf8.dropFirst(prefix.utf8.count)
        guard let found = rest.firstRange(of: delimiter.utf8) else { return nil }
        return String(name.text[..<found.upperBound])
    }
}
