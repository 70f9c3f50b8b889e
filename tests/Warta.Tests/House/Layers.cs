using System.Reflection;
using System.Reflection.Emit;

namespace Warta.House;

/// <summary>
/// Who may know whom. The order is written as in DESIGN.md, lowest first: "Storage ← {Search, Media} ← Publishing".
/// A folder may know every folder of an earlier place, not its siblings within braces; what lies in the root namespace knows all and is known by none.
/// </summary>
/// <remarks>
/// Read from the compiled code, so that an alias, a <c>var</c> or a lambda hides nothing. Only what the compiler itself removes
/// is unseen: constants and <c>nameof</c>.
/// </remarks>
public sealed class Layers(string root, string order)
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => opCode.Value);

    private readonly string[][] places = [.. order.Split('←').Select(place => place.Trim(' ', '{', '}').Split(", "))];

    /// <summary>A sentence for each type that uses one it may not know, in alphabetical order.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Type> types)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in types.Where(IsOurs))
        {
            var owner = Outermost(type);
            var folder = FolderOf(owner);
            if (folder.Length > 0 && PlaceOf(folder) < 0)
                found.Add($"{owner.FullName} lies in {folder}, which has no place in the order: give it one");
            else
                foreach (var used in TypesUsedBy(type).SelectMany(Parts).Where(IsOurs).Select(Outermost).Where(used => !MayKnow(folder, FolderOf(used))))
                    found.Add($"{owner.FullName} uses {used.FullName}: {WhatMayKnow(folder)}");
        }

        return [.. found];
    }

    private bool MayKnow(string folder, string other) =>
        folder == other || folder.Length == 0 || (PlaceOf(other) is >= 0 and var place && place < PlaceOf(folder));

    private int PlaceOf(string folder) => Array.FindIndex(places, place => place.Contains(folder));

    private string WhatMayKnow(string folder)
    {
        var known = places.Take(PlaceOf(folder)).SelectMany(place => place).ToList();
        return known switch
        {
            [] => $"{folder} may know nothing of {root}.",
            [var only] => $"{folder} may know {only} only.",
            [.. var first, var last] => $"{folder} may know {string.Join(", ", first)} and {last} only.",
        };
    }

    // Top-level statements make a Program without a namespace. Other names there, with a '<', are the compiler's own.
    private bool IsOurs(Type type) => Outermost(type) switch
    {
        { Namespace: null, Name: "Program" } => true,
        { Namespace: { } name } => name == root || name.StartsWith(root + ".", StringComparison.Ordinal),
        _ => false,
    };

    private string FolderOf(Type type) => (type.Namespace ?? root).Split('.').ElementAtOrDefault(root.Split('.').Length) ?? "";

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The types that a type is made of: <c>List&lt;Foo[]&gt;</c> → List and Foo.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsFunctionPointer)
            return type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()).SelectMany(Parts);
        if (type.IsGenericParameter)
            return [];
        return type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    private static IEnumerable<Type> TypesUsedBy(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetGenericArguments().SelectMany(Constraints),
        .. AttributesOf(type.GetCustomAttributesData()),
        .. type.GetMembers(Everything).SelectMany(member => AttributesOf(member.GetCustomAttributesData())),
        .. type.GetFields(Everything).Select(field => field.FieldType),
        .. type.GetProperties(Everything).Select(property => property.PropertyType),
        .. type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)).SelectMany(TypesUsedBy),
    ];

    private static IEnumerable<Type> TypesUsedBy(MethodBase method) =>
    [
        .. Signature(method),
        .. method.IsGenericMethodDefinition ? method.GetGenericArguments().SelectMany(Constraints) : [],
        .. method.GetParameters().SelectMany(parameter => AttributesOf(parameter.GetCustomAttributesData())),
        .. method.GetMethodBody() is { } body ? TypesUsedBy(method, body) : [],
    ];

    private static IEnumerable<Type> TypesUsedBy(MethodBase method, MethodBody body) =>
    [
        .. body.LocalVariables.Select(local => local.LocalType),
        .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType!),
        .. MembersNamedIn(method, body.GetILAsByteArray()!).SelectMany(TypesNamedBy),
    ];

    private static IEnumerable<Type> TypesNamedBy(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        MethodBase called => [.. called.DeclaringType is { } owner ? [owner] : Type.EmptyTypes, .. Signature(called), .. called.IsGenericMethod ? called.GetGenericArguments() : []],
        _ => [],
    };

    private static IEnumerable<Type> Signature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Concat(method is MethodInfo { ReturnType: var result } ? [result] : []);

    private static IEnumerable<Type> Constraints(Type argument) => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [argument];

    private static IEnumerable<Type> AttributesOf(IEnumerable<CustomAttributeData> attributes) => attributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
            .SelectMany(TypesIn)
            .Prepend(attribute.AttributeType));

    private static IEnumerable<Type> TypesIn(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [argument.ArgumentType, type],
        IEnumerable<CustomAttributeTypedArgument> several => several.SelectMany(TypesIn),
        _ => [argument.ArgumentType],
    };

    /// <summary>Every type, field and method that the instructions of a method name by a token.</summary>
    private static IEnumerable<MemberInfo> MembersNamedIn(MethodBase method, byte[] il)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            int value = il[at++];
            if (value == 0xFE)
                value = (value << 8) | il[at++];

            var operand = OpCodesByValue[unchecked((short)value)].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                && method.Module.ResolveMember(BitConverter.ToInt32(il, at), ofType, ofMethod) is { } member)
                yield return member;

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
