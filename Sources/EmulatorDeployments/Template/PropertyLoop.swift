import EmulatorRuntime

/// An element of `copy` within properties, variables or outputs: makes an array of one input.
///
/// Source: "Property iteration in ARM templates": up to 800 elements.
struct PropertyLoop {
    let name: String
    let count: JSON
    let input: JSON

    /// The loops of a `copy`; nil where the value is something else of that name.
    static func all(in json: JSON) -> [PropertyLoop]? {
        guard let elements = json.array, !elements.isEmpty else { return nil }
        let loops = elements.compactMap { element -> PropertyLoop? in
            guard let name = element.member("name")?.string, let count = element.member("count"),
                let input = element.member("input")
            else { return nil }
            return PropertyLoop(name: name, count: count, input: input)
        }
        return loops.count == elements.count ? loops : nil
    }

    /// The `copy` of an output as an element of a list, so that it is evaluated like one of a property.
    static func array(of json: JSON) -> JSON {
        var loop = json
        loop["name"] = loop.member("name") ?? "copy"
        return ["copy": [loop]]
    }
}
