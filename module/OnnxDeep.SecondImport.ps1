# On a second import, PowerShell caches the nested module and does not export its cmdlets and aliases: exports them.
$export = [Management.Automation.PSModuleInfo].GetMethod(
    'AddExportedCmdlet', [Reflection.BindingFlags]'Instance, NonPublic')
if ($null -eq $export) {
    throw 'This version of PowerShell cannot import OnnxDeep a second time. Start a new PowerShell session.'
}
foreach ($cmdlet in $nested.ExportedCmdlets.Values) {
    $null = $export.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}
foreach ($alias in $nested.ExportedAliases.Values) {
    $null = $ExecutionContext.InvokeProvider.Item.Set("Alias:$($alias.Name)", $alias.Definition)
}
Microsoft.PowerShell.Core\Export-ModuleMember -Cmdlet * -Alias *
