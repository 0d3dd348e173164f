#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module "$PSScriptRoot/../../artifacts/module/OnnxDeep/OnnxDeep.psd1"
    $by = 'OnnxDeep.PowerShell.Cmdlets.RegisterOnnxExecutionProviderCommand'
    $shared = Join-Path (Split-Path (Get-OnnxExecutionProvider CPU).Library) (
        $IsWindows ? 'onnxruntime_providers_shared.dll' : $IsMacOS ? 'libonnxruntime.dylib' : 'libonnxruntime_providers_shared.so')
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Register-OnnxExecutionProvider' {
    It 'refuses a library that is <Id>' -ForEach @(
        @{ Id = 'ProviderLibraryNotFound'; Name = 'Test'; Path = { 'TestDrive:\none.so' } }
        @{ Id = 'ProviderLibraryNotLoadable'; Name = 'Test'; Path = { 'TestDrive:\text.so' } }
        @{ Id = 'ProviderLibraryInvalid'; Name = 'Test'; Path = { $shared } }
        @{ Id = 'ProviderNameReserved'; Name = 'auto'; Path = { $shared } }
    ) {
        Set-Content "$TestDrive/text.so" 'I am no library'

        { Register-OnnxExecutionProvider $Name (& $Path) -Persist } | Should -Throw -ErrorId "$Id,$by"
        "$env:ONNXDEEP_HOME/settings.json" | Should -Not -Exist
    }

    It 'loads nothing with -WhatIf' {
        Register-OnnxExecutionProvider Test ./none.so -WhatIf | Should -BeNullOrEmpty
    }
}
