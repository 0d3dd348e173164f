using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace OnnxDeep.IO;

/// <summary>Who owns a file or folder and who may change it, on Windows.</summary>
/// <param name="Owner">The security identifier of the owner.</param>
/// <param name="Grants">The rights that are granted on the file or folder itself, by security identifier.</param>
internal sealed record FileAccessList(string Owner, IReadOnlyList<(string Sid, AccessRights Rights)> Grants)
{
    // SYSTEM, Administrators and TrustedInstaller own the system itself.
    private static readonly string[] s_system =
    [
        "S-1-5-18",
        "S-1-5-32-544",
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
    ];

    // CREATOR OWNER and OWNER RIGHTS, which stand for the owner.
    private static readonly string[] s_owner = ["S-1-3-0", "S-1-3-4"];

    // Rights that replace a folder, or a file in it. Those that only add files do not.
    private const AccessRights Replace = AccessRights.Delete | AccessRights.DeleteContent
        | AccessRights.ChangePermissions | AccessRights.TakeOwnership | AccessRights.All;

    private const AccessRights Change = Replace | AccessRights.WriteData | AccessRights.AppendData | AccessRights.Write;

    /// <summary>Reads the list of an open file.</summary>
    [SupportedOSPlatform("windows")]
    public static FileAccessList Of(FileStream file) => Read(file.GetAccessControl());

    /// <summary>Reads the list of a folder.</summary>
    [SupportedOSPlatform("windows")]
    public static FileAccessList Of(string folder) => Read(new DirectoryInfo(folder).GetAccessControl());

    /// <summary>The security identifier of the user that this process runs as.</summary>
    [SupportedOSPlatform("windows")]
    public static string GetCurrentUser()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User!.Value;
    }

    /// <summary>Whether the owner is the user or the system.</summary>
    public bool IsOwnedBy(string user) => IsTrusted(Owner, user);

    /// <summary>Returns the others that may change the file or folder, or replace what is in it.</summary>
    /// <param name="user">The security identifier of the user.</param>
    /// <param name="isAncestor">Whether it is a folder above the folder of the file.</param>
    public IReadOnlyList<string> FindOthers(string user, bool isAncestor) =>
    [
        .. Grants.Where(grant => (grant.Rights & (isAncestor ? Replace : Change)) != 0)
            .Select(grant => grant.Sid)
            .Where(sid => !s_owner.Contains(sid) && !IsTrusted(sid, user))
            .Distinct(),
    ];

    private static bool IsTrusted(string sid, string user) => sid == user || s_system.Contains(sid);

    // What is denied does not count: it may be granted again to a member of a group.
    [SupportedOSPlatform("windows")]
    private static FileAccessList Read(FileSystemSecurity security) => new(
        security.GetOwner(typeof(SecurityIdentifier))?.Value ?? string.Empty,
        [
            .. security.GetAccessRules(true, true, typeof(SecurityIdentifier)).OfType<FileSystemAccessRule>()
                .Where(rule => rule.AccessControlType == AccessControlType.Allow
                    && !rule.PropagationFlags.HasFlag(PropagationFlags.InheritOnly))
                .Select(rule => (rule.IdentityReference.Value, (AccessRights)rule.FileSystemRights)),
        ]);
}

/// <summary>The rights of Windows that change a file or folder; they have the same values there.</summary>
[Flags]
internal enum AccessRights
{
    /// <summary>No right that changes anything.</summary>
    None = 0,

    /// <summary>Writing to a file, or adding files to a folder.</summary>
    WriteData = 0x2,

    /// <summary>Appending to a file, or adding folders to a folder.</summary>
    AppendData = 0x4,

    /// <summary>Deleting what is in a folder.</summary>
    DeleteContent = 0x40,

    /// <summary>Deleting or renaming the file or folder.</summary>
    Delete = 0x10000,

    /// <summary>Changing the access list.</summary>
    ChangePermissions = 0x40000,

    /// <summary>Becoming the owner.</summary>
    TakeOwnership = 0x80000,

    /// <summary>All rights.</summary>
    All = 0x10000000,

    /// <summary>All rights that write.</summary>
    Write = 0x40000000,
}
