#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Providers.UnregisterOnnxExecutionProviderCommand'
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Unregister-OnnxExecutionProvider' {
    BeforeEach {
        $null = New-Item $env:ONNXDEEP_HOME -ItemType Directory -Force
        $settings = "$env:ONNXDEEP_HOME/settings.json"
        @{ executionProviders = @{ Gone = "$TestDrive/gone.so" }; later = 1 } | ConvertTo-Json | Set-Content $settings
    }

    It 'is what the error of a remembered library that went away advises' {
        (Get-OnnxExecutionProvider Gone).Reason | Should -BeLike '*listed in the user''s settings*'
        { Test-FoodWord salad -Provider gone } |
            Should -Throw -ExpectedMessage '*Use Unregister-OnnxExecutionProvider to do so.' `
                -ErrorId 'ProviderLibraryNotFound,OnnxDeep.PowerShell.Words.TestFoodWordCommand'

        Unregister-OnnxExecutionProvider gone

        { Test-FoodWord salad -Provider gone } |
            Should -Throw -ErrorId 'ProviderNotFound,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
    }

    It 'leaves what else the settings hold' {
        Unregister-OnnxExecutionProvider Gone

        $left = Get-Content $settings -Raw | ConvertFrom-Json
        $left.later | Should -Be 1
        $left.executionProviders.PSObject.Properties | Should -BeNullOrEmpty
    }

    It 'forgets nothing with -WhatIf' {
        Unregister-OnnxExecutionProvider Gone -WhatIf

        (Get-OnnxExecutionProvider Gone).IsAvailable | Should -BeFalse
    }

    It 'reports <_>, a name without a library' -ForEach 'CPU', 'Test' {
        Unregister-OnnxExecutionProvider $_ @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "ProviderNotRegistered,$by"
    }
}
